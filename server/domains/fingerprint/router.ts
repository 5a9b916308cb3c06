import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { adminProcedure, router, userProcedure, viewerProcedure } from '../../core/procedures.ts';
import {
  DeviceBlock,
  DeviceListInput,
  DevicePage,
  DeviceRecord,
  DeviceRecordInput,
  DeviceRegistration,
  PersonDevicesInput,
  SignupRef,
  SignupReviewInput,
  SignupReviewPage,
  UserDevicePage,
} from './contract.ts';
import { listDevices, registerDevice } from './public.ts';
import {
  blockDevice,
  clearSignup,
  listDevicesOf,
  listReviews,
  readDevice,
  unblockDevice,
} from './service.ts';

export const fingerprintRouter = (app: App) =>
  router({
    register: viewerProcedure
      .meta({
        rest: 'POST /account/device/register',
        limit: 'device',
        summary: "Register this client's device",
        description:
          'With an access token, records that the account was seen on the device. Without one, nothing is stored, and the response only shows whether the device can be used to sign up.',
        errors: ['device_blocked'],
      })
      .input(DeviceRegistration)
      .output(z.void())
      .mutation(({ ctx, input }) => registerDevice(app, ctx.viewer, ctx.deviceName, input)),

    list: userProcedure
      .meta({
        rest: 'GET /account/devices',
        limit: 'read',
        summary: 'List the devices your account was seen on, most recent first',
      })
      .input(DeviceListInput)
      .output(DevicePage)
      .query(({ ctx, input }) => listDevices(app, ctx.viewer, input)),

    record: adminProcedure
      .meta({
        rest: 'GET /admin/devices/{hash}',
        limit: 'admin',
        summary: 'Get a device and the accounts seen on it',
        errors: ['not_found'],
      })
      .input(DeviceRecordInput)
      .output(DeviceRecord)
      .query(({ input }) => readDevice(app, input)),

    block: adminProcedure
      .meta({
        rest: 'POST /admin/devices/{hash}/block',
        limit: 'admin',
        summary: 'Block sign-ups on a device',
        errors: ['not_found'],
      })
      .input(DeviceBlock)
      .output(z.void())
      .mutation(({ ctx, input }) => blockDevice(app, ctx.actor, input)),

    unblock: adminProcedure
      .meta({
        rest: 'POST /admin/devices/{hash}/unblock',
        limit: 'admin',
        summary: 'Allow sign-ups on a device again',
        errors: ['not_found'],
      })
      .input(DeviceBlock)
      .output(z.void())
      .mutation(({ ctx, input }) => unblockDevice(app, ctx.actor, input)),

    ofPerson: adminProcedure
      .meta({
        rest: 'GET /admin/users/{userId}/devices',
        limit: 'admin',
        summary: 'List the devices a user was seen on, most recent first',
      })
      .input(PersonDevicesInput)
      .output(UserDevicePage)
      .query(({ input }) => listDevicesOf(app, input)),

    signups: adminProcedure
      .meta({
        rest: 'GET /admin/signups',
        limit: 'admin',
        summary: 'List unreviewed sign-ups on devices with a risk above 80, oldest first',
      })
      .input(SignupReviewInput)
      .output(SignupReviewPage)
      .query(({ input }) => listReviews(app, input)),

    clearSignup: adminProcedure
      .meta({
        rest: 'POST /admin/signups/{userId}/clear',
        limit: 'admin',
        summary: 'Clear a sign-up without further action',
        errors: ['not_found'],
      })
      .input(SignupRef)
      .output(z.void())
      .mutation(({ ctx, input }) => clearSignup(app, ctx.actor, input)),
  });
